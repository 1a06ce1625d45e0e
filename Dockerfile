# docker build -t fairlead .
# docker run --rm --read-only --tmpfs /tmp:exec -v "$PWD/fairlead.yaml:/etc/fairlead/fairlead.yaml:ro" -v fairlead-state:/var/lib/fairlead \
#   -p 53:5300/udp -p 53:5300/tcp fairlead
# docs/operations.md, "In a container", says what each part is for.

FROM maven:3.9-eclipse-temurin-25 AS build
WORKDIR /build
COPY . .
RUN mvn -B -q -pl server -am -Dmaven.test.skip=true package && deploy/package root /root-fs

# Nothing but the application, its runtime, a shell and what they are linked with: no package manager, no other program.
FROM scratch
COPY --from=build /root-fs /
# A number, so that Kubernetes can see that it is not root.
USER 10001:10001
# The state directory of a configuration is relative to here; nothing else is written but /tmp, where Netty unpacks its native library.
WORKDIR /var/lib/fairlead
VOLUME /var/lib/fairlead
# Unprivileged; whoever runs it maps 53 to it.
EXPOSE 5300/udp 5300/tcp
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s CMD ["/opt/fairlead/healthy", "/livez"]
ENTRYPOINT ["/opt/fairlead/fairlead"]
CMD ["serve", "--last-good", "/etc/fairlead/fairlead.yaml"]
