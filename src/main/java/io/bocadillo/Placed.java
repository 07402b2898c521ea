package io.bocadillo;

/** Something registered, with the place that did it, which messages about it name: {@code (Main.java:12)}. */
record Placed<T>(T value, Place place) {

    static <T> Placed<T> here(T value) {
        return new Placed<>(value, Place.ofCaller());
    }

    @Override
    public String toString() {
        return "(" + place + ")";
    }
}
