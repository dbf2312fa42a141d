from alpine as Base
run ["a", "b\tc", "é"]
CMD [ "x" ]
CMD ["a",]
CMD ['a']
CMD []
ENTRYPOINT ["/bin/a", "--b=[1]"] trailing
shell ["/bin/sh", "-c"]
VOLUME ["/a b", "/c"]
VOLUME /a /b
COPY ["a b", "c/"]
COPY a	b   c/
Expose 80/tcp 90-100
StopSignal SIGTERM
MAINTAINER a b <c@d>
USER app:app
LABEL a=b "c d"="e f" g='h\'i
LABEL old some words
ENV A=1 B="2 3" C=4\ 5 D=
ENV OLD   value with = and "quotes"  
ARG ONE TWO=2 THREE="3 4"
WORKDIR "/a b"
RUN
CMD
ONBUILD ADD --chown=1:1 --link a b
ONBUILD ENTRYPOINT ["a", "b"]
ONBUILD ENV A=b C=d
ONBUILD nonsense here
