"""What a shared repository accepts, a module for each sort of branch; `steps/receive.py` runs"""
