FROM \
  alpine:3.22 \

  # a comment
  AS \
base
RUN a \
# comment inside

    # and an indented one
  && b\
c \\
USER x\\
EXPOSE 80 \	
 443
RUN last \
# to the end
