using Slipway.Deployment.Processes;

namespace Slipway.Deployment.Tests.Support;

/// <summary>Answers by program, and keeps every request. An unknown program is one that is not installed.</summary>
internal sealed class FakeProcessRunner : IProcessRunner
{
    private readonly Dictionary<string, Func<ProcessRequest, ProcessResult>> _programs = new(StringComparer.Ordinal);

    public List<ProcessRequest> Requests { get; } = [];

    public FakeProcessRunner Answers(string program, params string[] lines) => Answers(program, 0, lines);

    public FakeProcessRunner Answers(string program, int exitCode, params string[] lines) =>
        Runs(program, request => new ProcessResult(exitCode, lines, $"artifacts/logs/{request.LogName}.log"));

    public FakeProcessRunner Runs(string program, Func<ProcessRequest, ProcessResult> run)
    {
        _programs[program] = run;
        return this;
    }

    public Task<ProcessResult> RunAsync(ProcessRequest request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (Requests) Requests.Add(request);
        return _programs.TryGetValue(request.FileName, out var run)
            ? Task.FromResult(run(request))
            : throw new SlipwayException(
                ExitCode.PreconditionFailed, $"failed to start '{request.FileName}': not found", $"install '{request.FileName}'");
    }
}
