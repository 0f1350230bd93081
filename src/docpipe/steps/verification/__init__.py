"""What `docpipe verify` holds against what, a module for each; `steps/verify.py` puts it together."""
