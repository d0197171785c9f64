"""Many documents at once: where they come from, who cleans them, where the results go."""
