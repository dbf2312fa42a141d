from setuptools import Extension, setup

setup(py_modules=[], ext_modules=[Extension("crc", ["crc.c"], libraries=["z"])])
