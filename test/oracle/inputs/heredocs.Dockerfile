FROM alpine:3.22
RUN <<EOF
echo a # no comment
EOF
RUN <<-"END" 3<<SECOND cat && true
	tabs go
	END
second $HOME
SECOND
COPY <<one.txt <<'two words' <<-three /files/
1
one.txt
$2
two words
	3
	three
RUN cat <<EOF | sh <<< here && echo "<<NOT" \<<NEITHER
body
EOF
RUN python3 << EOF
#!/usr/bin/env python3
print("<<EOF")
EOF
ADD --chown=1:1 <<EOF /x
EOF
ONBUILD RUN <<EOF
later
EOF
RUN ["<<EOF", "not one"]
CMD cat <<EOF
