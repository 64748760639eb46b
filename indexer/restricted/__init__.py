"""Restricted collections: compartments of an index, and the views that are published of them.

    restricted/NAME/catalogue.sqlite     the documents of one collection, and of no other
    views/NAME+NAME/                     an index folder of its own: catalogue, CURRENT, generations

The catalogue and the snapshot of the public index are written as if there were no collections:
nothing that makes them ever opens a folder of these. A view is published from a catalogue that
mirrors the public one and those of its collections, so that links, folds, standing and statistics
are of what its readers may see, and of nothing else.
"""
