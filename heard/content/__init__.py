"""What staff own, as data: the files under content/, their schema and how they are read."""
