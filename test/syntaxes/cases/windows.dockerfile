# SYNTAX TEST "source.dockerfile" "a file for Windows keeps the plain grammar"
# escape=`
# ^^^^^^ keyword.control.directive.dockerfile
#        ^ string.unquoted.directive.dockerfile
FROM mcr.microsoft.com/windows/servercore:ltsc2025
# <---- keyword.other.special-method.dockerfile
RUN dir `
# <--- meta.escape-backtick.dockerfile keyword.other.special-method.dockerfile
#   ^^^ - meta.embedded.block.shellscript
  C:\
USER ContainerUser
# <---- keyword.other.special-method.dockerfile
