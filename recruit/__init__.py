"""The recruitment service.  `recruit.app` joins everything; importing a part imports no more than it stands on."""
