#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <zlib.h>

static PyObject *of(PyObject *self, PyObject *arguments) {
    const char *bytes;
    Py_ssize_t length;
    if (!PyArg_ParseTuple(arguments, "y#", &bytes, &length)) return NULL;
    return PyLong_FromUnsignedLong(crc32(0, (const Bytef *)bytes, (uInt)length));
}

static PyMethodDef methods[] = {{"of", of, METH_VARARGS, NULL}, {NULL}};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, "crc", NULL, -1, methods};

PyMODINIT_FUNC PyInit_crc(void) { return PyModule_Create(&module); }
