# SYNTAX TEST "source.dockerfile" "the shell of RUN"
RUN --mount=type=cache,target=/root/.cache apt-get update && apt-get install -y curl
# <--- keyword.other.special-method.dockerfile
#   ^^^^^^^ entity.other.attribute-name.flag.dockerfile - meta.embedded.block.shellscript
#           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ string.unquoted.flag.dockerfile
#                                          ^^^^^^^ meta.run.dockerfile meta.embedded.block.shellscript entity.name.command.shell
#                                                         ^^ punctuation.separator.statement.and.shell
#                                                                            ^ constant.other.option.dash.shell
COPY a b
# <---- keyword.other.special-method.dockerfile
#    ^^^ - meta.embedded.block.shellscript
RUN if [ -f "$FILE" ]; then \
#   ^^ keyword.control.if.shell
#            ^ string.quoted.double.shell
#                           ^ constant.character.escape.line-continuation.dockerfile
    # a comment between two lines
#   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ comment.line.number-sign.dockerfile

      echo 'it is there' \  
#     ^^^^ meta.run.dockerfile
#                        ^ constant.character.escape.line-continuation.dockerfile
    ; fi
#     ^^ keyword.control.fi.shell
ENV A=b
# <--- keyword.other.special-method.dockerfile - meta.embedded.block.shellscript
RUN --mount=type=cache,target=/a \
    --mount=type=bind,target=/b make
#   ^^^^^^^ entity.other.attribute-name.flag.dockerfile
#                               ^^^^ meta.run.dockerfile meta.embedded.block.shellscript
RUN ["apt-get", "update"]
# <--- keyword.other.special-method.dockerfile
#   ^^^^^^^^^^^^^^^^^^^^^ - meta.embedded.block.shellscript
#    ^^^^^^^^^ string.quoted.double.dockerfile
USER 1
# <---- keyword.other.special-method.dockerfile - meta.embedded.block.shellscript
