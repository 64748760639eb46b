"""What users say of their files beside them, which wins over what the files say."""
