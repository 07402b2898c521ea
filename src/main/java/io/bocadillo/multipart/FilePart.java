package io.bocadillo.multipart;

/** A file that has been uploaded: what was said about it, and its content. */
public record FilePart(PartHead head, Spool content) {}
