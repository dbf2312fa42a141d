import type { BuildFile } from "./build-file";

/** Packages whose builds write to bin and obj alone. */
const PACKAGES =
  /^(?:Microsoft\.(?!TypeScript|Web\.|Extensions\.ApiDescription|AspNetCore\.Spa|VisualStudio\.)|System\.|Npgsql|MySqlConnector|MySql\.Data|Dapper|OpenTelemetry\.(?!AutoInstrumentation)|OpenTelemetry$|Google\.|Grpc\.(?:AspNetCore|Core|Net)|StackExchange\.Redis|Giraffe|FSharp\.Core|Newtonsoft\.Json|Serilog|Swashbuckle\.AspNetCore$|CloudNative\.CloudEvents|Confluent\.Kafka|RazorSlices$)/;
/** Steps of its own, files that are not in view, and folders that are named. */
const ELSEWHERE =
  /^(?:Target|Import|UsingTask|Exec|Sdk|CompilerGenerated\w*)$|^(?!CopyTo(?:Output|Publish)Directory$).*(?:Dir|Path|Folder|Spa)/;

/** Items that bring files of any name to what is published. */
const BRINGS =
  /^(?:Content|None|ResolvedFileToPublish|ContentWithTargetPath|Link|Reference|NativeReference|PublishSingleFile)/;

/** A project file of .NET: bin and obj, and the folder that `-o` names. Its program is named for the assembly. */
export function readDotnet(text: string, path: string): BuildFile {
  const tags = tagsOf(text);
  const keeps = /<Project Sdk="Microsoft\.NET\.Sdk(?:\.Web|\.Worker)?">/.test(text) && keepsTo(tags);
  const parts = tags.flatMap((tag) => (tag.startsWith("ProjectReference") ? [tag] : []));
  const brings = tags.some((tag) => BRINGS.test(tag));
  return { keeps, names: brings ? undefined : assemblyOf(text, path), parts };
}

/** Directory.Build.props and its like: settings for all projects of the folder. */
export function readDotnetSettings(text: string): BuildFile {
  const tags = tagsOf(text);
  // A name that is set here is that of all.
  const names = tags.some((tag) => BRINGS.test(tag) || /^AssemblyName/.test(tag)) ? undefined : [];
  return { keeps: keepsTo(tags), names, parts: [] };
}

function tagsOf(text: string): readonly string[] {
  return text.split("<").map((part) => part.slice(0, Math.max(part.indexOf(">"), 0)));
}

function keepsTo(tags: readonly string[]): boolean {
  return (
    tags.every((tag) => !ELSEWHERE.test(/^\w+/.exec(tag)?.[0] ?? "")) &&
    tags.every((tag) => !tag.startsWith("PackageReference") || PACKAGES.test(/"([^"]*)"/.exec(tag)?.[1] ?? ""))
  );
}

function assemblyOf(text: string, path: string): readonly string[] | undefined {
  const given = /<AssemblyName>([^<]*)</.exec(text)?.[1];
  const name = given ?? path.slice(path.lastIndexOf("/") + 1, path.lastIndexOf("."));
  return name.includes("$") ? undefined : [name];
}
