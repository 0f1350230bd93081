"""What `docpipe verify` holds against what, a module each; `steps/verify.py` puts it together."""
