"""Lets papermill hand parameters to notebooks of the Swift Vision kernel."""
