"""Running a plan so that nothing that was finished is lost: not to a kill, not to a full disk, not to a lost worker."""
