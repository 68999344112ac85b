"""Workers: RQ functions and the killable child."""
