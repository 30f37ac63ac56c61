"""Programs that the tap is compared with."""
