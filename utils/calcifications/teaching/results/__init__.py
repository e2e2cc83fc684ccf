"""What a class has understood: the result files of an exam, read, compared and summed up on this computer."""
