# syntax = docker/dockerfile:1
#check=skip=all;error=true
# ESCAPE=`
# not a directive, and no directive comes after it
# escape=\
FROM mcr.microsoft.com/windows/servercore:ltsc2025 AS base
WORKDIR C:\app\
COPY a.txt C:\a\
RUN dir C:\ `
  && echo done
ENV NAME=C:\x` y OTHER="a`"b"
