FROM --platform=$BUILDPLATFORM alpine AS build
RUN --mount=type=cache,target=/root/.cache,id=a,sharing=locked --mount=type=secret,id=t,env=T --network=none --security=insecure --device=vendor/x=y,required -- --not-a-flag
RUN --mount=type=bind,from=build,source=/a,target=/b,rw --mount="type=tmpfs,target=/t" --mount=type=ssh true
COPY --from=build --chown="a b":c --chmod=u=rw,go=r --link=false --parents --exclude=*.md --exclude=x /a /b
ADD --checksum=sha256:24454f830cdb571e2c4ad15481119c43b3cafd48dd869a9b2945d1036d1dc68d --keep-git-dir=true --unpack https://example.com/a /b
HEALTHCHECK --interval=1m30s --timeout=.5s --start-period=2h --start-interval=100ms --retries=3 CMD ["a", "b"]
HEALTHCHECK --anything none
HEALTHCHECK cmd curl -f http://localhost/ || exit 1
ARG --ignored A=b
STOPSIGNAL --ignored SIGTERM
