import { expect, test } from "vitest";
import { testRecipe } from "../../kit/rule";

/** What a stage holds beside a program whose sources were not all read: it comes along, or the rewrite is refused. */
const { offer, refuses, rewrites } = testRecipe("split-build-stage");

const stage = (lines: string) => `FROM golang:1.26\n${lines}\nCOPY main.go .\nRUN go build -o /a main.go\nCMD ["/a"]\n`;
const after = (source: string, target = "distroless") =>
  offer(source, target)
    .change()
    .edits.map(({ text }) => text)
    .join("");

for (const [name, lines, brought] of [
  ["a file that a RUN writes", "RUN echo hello > /etc/greeting", "/etc/greeting"],
  ["a file that a group of commands writes", "RUN { echo a; echo b; } >> /etc/greeting", "/etc/greeting"],
  ["a file of the Dockerfile's own", "COPY <<EOF /etc/greeting\nhello\nEOF", "/etc/greeting"],
  ["a download", "RUN curl -o /data.bin https://example.com/data.bin", "/data.bin"],
  ["a file of the folder, elsewhere", "COPY app.toml /etc/app/app.toml", "/etc/app/app.toml"],
  ["what an archive unpacks to", "ADD words.tar.gz /srv/words/", "/srv/words"],
  ["what a pattern finds", "COPY views/* /srv/views/", "/srv/views"],
  ["a repository that is read", "RUN git clone https://example.com/themes /themes", "/themes"],
  ["a folder", "COPY static /srv/static", "/srv/static"],
  ["files of another image", "COPY --from=example.com/ui /dist /srv/dist", "/srv/dist"],
  ["a file that a RUN changes", "COPY app.toml /srv/app.toml\nRUN sed -i s/a/b/ /srv/app.toml", "/srv/app.toml"],
] as const) {
  test(`${name} comes along`, () => {
    const { assumes } = offer(stage(lines), "distroless");
    expect(after(stage(lines))).toContain(`\nCOPY --from=build ${brought} ${brought}\n`);
    expect(assumes).toContain(`${brought} comes along, for parts of the program that were not read may use it.`);
  });
}

test("folders of one parent are copied one by one: COPY would melt them into one", () => {
  const text = after(stage("COPY static /srv/static\nCOPY views /srv/views"));
  expect(text).toContain("COPY --from=build /srv/static /srv/static\nCOPY --from=build /srv/views /srv/views\n");
});

test("a folder of sources in which the build runs is what COPY . . is", () => {
  const source = 'FROM golang:1.26\nCOPY ./src/chi /chi\nWORKDIR /chi\nRUN go build -o server .\nCMD ["./server"]\n';
  expect(after(source)).not.toMatch(/^COPY .* \/chi$/m);
});

test("a folder that holds sources alone stays behind", () => {
  expect(after(`${stage("COPY services /srv/services")}#- services/a.go\npackage services`)).not.toContain(
    "/srv/services",
  );
});

test("what is gone at the end of the stage is not asked for", () => {
  expect(after(stage("COPY static /srv/static\nRUN rm -rf /srv/static"))).not.toContain("/srv/static");
});

test("a repository that is built is no data", () => {
  expect(after(stage("RUN git clone https://example.com/x /x && cd /x && go build -o /y ."))).not.toContain("/x");
});

test("a zone is kept when its package is set up again", () => {
  const zone = "ln -fs /usr/share/zoneinfo/Asia/Tokyo /etc/localtime && dpkg-reconfigure -f noninteractive tzdata";
  expect(after(stage(`RUN ${zone}`))).toContain("\nENV TZ=Asia/Tokyo\n");
});

refuses(
  "a program that is started with its own folder",
  "distroless",
  stage("").replace('["/a"]', '["/a", "-dir", "."]'),
  /^The program is started with \., the folder that holds it/,
);

for (const [name, lines, reason] of [
  ["another program", "COPY --from=busybox /bin/busybox /bin/busybox", /^COPY brings \/bin\/busybox, a program/],
  [
    "a program that is fetched",
    "RUN curl -o /usr/local/bin/x https://example.com/x",
    /^`curl` makes \/usr\/local\/bin\/x, a program/,
  ],
  [
    "a program in another folder",
    "RUN curl -o /srv/x https://example.com/x\nRUN chmod +x /srv/x",
    /^`chmod` makes a program of \/srv\/x/,
  ],
  [
    "a program of another stage",
    "COPY --from=example.com/x /usr/bin/x /srv/x",
    /^COPY brings \/usr\/bin\/x, a program/,
  ],
  ["packages of another language", "RUN pip install flask", /^`pip` in the build stage may make something/],
  ["a library", "COPY x.so /srv/x.so", /^COPY brings \/srv\/x\.so, a program or a library/],
  ["an archive that is unpacked", "RUN tar -xf /x.tar -C /srv", /^`tar` in the build stage may make something/],
  ["a script", "RUN ./setup.sh", /in the build stage may make something/],
  ["users of its own", "COPY passwd /etc/passwd", /^COPY changes \/etc\/passwd/],
  ["a zone that is copied, through its link", "COPY zone /etc/localtime", /^COPY changes \/etc\/localtime/],
] as const)
  refuses(name, "distroless", stage(lines), reason);

rewrites(
  "a time zone, which TZ says",
  "distroless",
  stage("RUN ln -sf /usr/share/zoneinfo/Europe/Berlin /etc/localtime && echo Europe/Berlin > /etc/timezone"),
  `FROM golang:1.26 AS build
RUN ln -sf /usr/share/zoneinfo/Europe/Berlin /etc/localtime && echo Europe/Berlin > /etc/timezone
COPY main.go .
RUN CGO_ENABLED=0 go build -trimpath -ldflags="-s -w" -o /a main.go

FROM gcr.io/distroless/static-debian13:nonroot
WORKDIR /go
COPY --from=build /a /a
ENV TZ=Europe/Berlin
CMD ["/a"]
`,
);
refuses(
  "a time zone, where there are none",
  "scratch",
  stage("RUN ln -sf /usr/share/zoneinfo/Europe/Berlin /etc/localtime"),
  /time zone/,
);

test("certificates of one's own come along as the bundle that programs read", () => {
  const text = after(stage("COPY own.crt /usr/local/share/ca-certificates/own.crt\nRUN update-ca-certificates"));
  const bundle = "/etc/ssl/certs/ca-certificates.crt";
  expect(text).toContain(`\nCOPY --from=build ${bundle} ${bundle}\n`);
  expect(text).not.toContain("/usr/local/share");
});

const OWNED = `FROM golang:1.26
WORKDIR /app
COPY main.go .
RUN go build -o server main.go
RUN groupadd -r app && useradd -m -r -g app app && mkdir -p /app/data /var/lib/app && chown -R app:app /app /var/lib/app
USER app
CMD ["./server"]
`;

test("what a step gives to the user is the user's in the final stage, the folder of the program too", () => {
  expect(after(OWNED)).toContain(`FROM gcr.io/distroless/static-debian13:nonroot
COPY --from=build --chown=65532:65532 /app/server /app/server
WORKDIR /app
COPY --from=build --chown=65532:65532 /app/data /app/data
COPY --from=build --chown=65532:65532 /var/lib/app /var/lib/app
`);
});

refuses(
  "a user that the program may look up",
  "distroless",
  `${stage("RUN useradd svc")}#- main.go\npackage main\nimport "os/user"\nfunc main() { user.Lookup("svc") }`,
  /^The program may look up a user \(.*\) that `useradd` makes/,
);
