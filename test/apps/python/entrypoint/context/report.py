import sys

print("all is well" if len(sys.argv) < 2 else f"all is well in {sys.argv[1]}")
