# SYNTAX TEST "source.dockerfile" "heredocs end at their name, whatever is open in them"
RUN --network=none <<-"EOF" bash
#   ^^^^^^^^^ entity.other.attribute-name.flag.dockerfile
#                  ^^^ keyword.operator.heredoc.dockerfile
#                      ^^^ entity.name.tag.heredoc.dockerfile
if true; then
# <-- meta.heredoc.dockerfile meta.embedded.block.shellscript keyword.control.if.shell
  echo "never closed
# ^^^^ meta.embedded.block.shellscript
FROM is no instruction here
# <---- - keyword.other.special-method.dockerfile
	EOF
#^^^ - meta.embedded.block.shellscript
COPY <<EOF /etc/motd
#    ^^ keyword.operator.heredoc.dockerfile
#      ^^^ entity.name.tag.heredoc.dockerfile
RUN is a word of the file
# <--- meta.heredoc.dockerfile string.unquoted.heredoc.dockerfile - keyword.other.special-method.dockerfile
EOF
RUN <<PY python3
import sys
# <------ meta.heredoc.dockerfile string.unquoted.heredoc.dockerfile - meta.embedded.block.shellscript
PY
RUN cat <<EOF > /motd
#   ^^^ entity.name.command.shell
hello
# <----- meta.run.dockerfile
EOF
USER 1
# <---- keyword.other.special-method.dockerfile - meta.embedded.block.shellscript
