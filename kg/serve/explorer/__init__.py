"""The explorer page and the data that it shows: map, timeline, events with their evidence, actors."""
