// Milliseconds to read, check, render and compare a task definition of 64 KiB: "first" for the first one of this process, else the
// median of many. See benchmarks/task-definitions.sh.
using System.Diagnostics;
using System.Globalization;
using Slipway.Deployment.TaskDefinitions;
using Slipway.Deployment.TaskDefinitions.Comparison;
using Slipway.Deployment.TaskDefinitions.Rendering;
using Slipway.Deployment.TaskDefinitions.Validation;
using Slipway.TaskDefinitionBenchmark;

const int Rounds = 200;
const string Image = "123456789012.dkr.ecr.us-east-1.amazonaws.com/stream-ml-service@sha256:1111111111111111111111111111111111111111111111111111111111111111";

var source = LargeDocument.Create(Image.Replace("sha256:1111", "sha256:3333", StringComparison.Ordinal));
var live = LargeDocument.Create(Image);
var context = new CheckContext { Region = "us-east-1", AccountId = "123456789012" };
if (args is ["first"])
{
    Console.WriteLine(Milliseconds().ToString("0.0", CultureInfo.InvariantCulture));
    return;
}

for (var round = 0; round < Rounds; round++) Milliseconds();
var all = Enumerable.Range(0, Rounds).Select(_ => Milliseconds()).Order().ToList();
Console.WriteLine(all[Rounds / 2].ToString("0.00", CultureInfo.InvariantCulture));

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
