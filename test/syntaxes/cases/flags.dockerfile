# SYNTAX TEST "source.dockerfile" "flags of instructions"
FROM --platform=$BUILDPLATFORM golang:1.26 AS build
# <---- keyword.other.special-method.dockerfile
#    ^^^^^^^^^^ entity.other.attribute-name.flag.dockerfile
#              ^ keyword.operator.assignment.dockerfile
#               ^^^^^^^^^^^^^^ string.unquoted.flag.dockerfile
#                                          ^^ keyword.other.special-method.dockerfile
COPY --from=build --link --chown=1:1 /app /app
#    ^^^^^^ entity.other.attribute-name.flag.dockerfile
#           ^^^^^ string.unquoted.flag.dockerfile
#                 ^^^^^^ entity.other.attribute-name.flag.dockerfile
#                        ^^^^^^^ entity.other.attribute-name.flag.dockerfile
#                                    ^^^^ - entity.other.attribute-name.flag.dockerfile
ENTRYPOINT /app --serve
#               ^^^^^^^ - entity.other.attribute-name.flag.dockerfile
ONBUILD ADD --checksum=sha256:24454f830cdb571e2c4ad15481119c43b3cafd48dd869a9b2945d1036d1dc68d https://example.com/a.tar /
# <------- keyword.control.dockerfile
#       ^^^ keyword.other.special-method.dockerfile
#           ^^^^^^^^^^ entity.other.attribute-name.flag.dockerfile
