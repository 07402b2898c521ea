package io.bocadillo;

import io.bocadillo.routing.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A group of routes below one prefix, with names, middleware, hooks and error handlers of its own, to be included in an
 * app or in another recipe.
 *
 * <p>The name of a route is known outside after that of its recipe: {@code tacos:detail}. The pattern {@code ""} is the
 * prefix itself, {@code "/"} is the prefix with a slash. What is registered until the app starts counts, also after the
 * recipe was included.
 */
public final class Recipe extends Router {

    private final @Nullable String name;
    private final Pattern prefix;
    private final Place place = Place.ofCaller();

    /** Creates a recipe whose prefix is its name: {@code new Recipe("tacos")} is served below {@code /tacos}. */
    public Recipe(String name) {
        this(Names.checked("recipe", name), prefix(name));
    }

    /**
     * Creates a recipe.
     *
     * @param name without a colon
     * @param prefix a path that may have parameters, as in {@code "/{tenant}/tacos"}; a last slash counts for nothing
     * @throws StartupError if one of them can't be one
     */
    public Recipe(String name, String prefix) {
        this(Names.checked("recipe", name), prefix(prefix));
    }

    private Recipe(@Nullable String name, Pattern prefix) {
        this.name = name;
        this.prefix = prefix;
    }

    /** Groups recipes below a prefix; the book has no name, so those of the recipes stay as they are. */
    public static Recipe book(String prefix, Recipe... recipes) {
        Recipe book = new Recipe(null, prefix(prefix));
        for (Recipe recipe : recipes) {
            book.include(recipe);
        }
        return book;
    }

    /** Its name, null for a book. */
    public @Nullable String name() {
        return name;
    }

    /** Its own prefix, without a last slash, empty for none. */
    public String prefix() {
        return prefix.toString();
    }

    Pattern compiled() {
        return prefix;
    }

    Place place() {
        return place;
    }

    @Override
    Pattern compiled(String pattern) {
        return pattern.isEmpty() ? Pattern.prefix("") : super.compiled(pattern);
    }
}
