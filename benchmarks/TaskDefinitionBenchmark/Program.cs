// Milliseconds to read, check, render and compare a task definition of 64 KiB: "first" for the first one of this process, else the
// median of many. See benchmarks/task-definitions.sh.
using System.Diagnostics;
using System.Globalization;
using Newtonsoft.Json.Linq;
using Slipway.Deployment.TaskDefinitions;
using Slipway.Deployment.TaskDefinitions.Comparison;
using Slipway.Deployment.TaskDefinitions.Rendering;
using Slipway.Deployment.TaskDefinitions.Validation;
using Slipway.TaskDefinitionBenchmark;

const int Rounds = 200;
const string Image = "123456789012.dkr.ecr.us-east-1.amazonaws.com/stream-ml-service@sha256:1111111111111111111111111111111111111111111111111111111111111111";

var source = LargeDocument.Create(Image.Replace("sha256:1111", "sha256:3333", StringComparison.Ordinal));
var live = LargeDocument.Create(Image);
var texts = new[] { System.Text.Encoding.UTF8.GetString(source), System.Text.Encoding.UTF8.GetString(live) };
var context = new CheckContext { Region = "us-east-1", AccountId = "123456789012" };
if (args is ["first"])
{
    Console.WriteLine(Milliseconds().ToString("0.0", CultureInfo.InvariantCulture));
    return;
}

for (var round = 0; round < Rounds; round++) Milliseconds();
for (var round = 0; round < Rounds; round++) ParseMilliseconds();
var ours = new List<double>();
var parsing = new List<double>();
for (var round = 0; round < Rounds; round++)
{
    ours.Add(Milliseconds());
    parsing.Add(ParseMilliseconds());
}

Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Median(ours):0.00} {Median(parsing):0.00} {Median(ours) / Median(parsing):0.0}"));

double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

// The yardstick of a noisy machine, in the same run: the two documents through Newtonsoft's own parser, and nothing else.
double ParseMilliseconds()
{
    var start = Stopwatch.GetTimestamp();
    foreach (var text in texts) GC.KeepAlive(JObject.Parse(text));
    return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
}

double Milliseconds()
{
    var start = Stopwatch.GetTimestamp();
    var document = TaskDefinitionDocument.Read("task.json", source, out var problems) ?? throw new InvalidOperationException(problems[0].ToString());
    var findings = TaskDefinitionChecks.Check(document, context);
    var rendered = TaskDefinitionRenderer.Render(document, new RenderRequest(Image));
    var registered = TaskDefinitionDocument.Read("live", live, out _)!;
    var differences = TaskDefinitionComparison.FindDifferences(registered, rendered.Document);
    var elapsed = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    return findings.Count == 0 && differences.Count == 0 ? elapsed : throw new InvalidOperationException(string.Join('\n', findings) + string.Join('\n', differences));
}
