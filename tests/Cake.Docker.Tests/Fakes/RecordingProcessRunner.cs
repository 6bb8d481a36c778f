using Cake.Core.IO;

namespace Cake.Docker.Tests.Fakes;

/// <summary>Keeps what would be started, and answers with the given output and exit code.</summary>
internal sealed class RecordingProcessRunner : IProcessRunner
{
    public FilePath? File { get; private set; }

    public ProcessSettings Settings { get; private set; } = new();

    public string Arguments => Settings.Arguments.Render();

    public string ShownArguments => Settings.Arguments.RenderSafe();

    public string[] Output { get; set; } = [];

    public int ExitCode { get; set; }

    /// <summary>What the process does, beside its output.</summary>
    public Action<ProcessSettings> Does { get; set; } = _ => { };

    public IProcess Start(FilePath filePath, ProcessSettings settings)
    {
        File = filePath;
        Settings = settings;
        Does(settings);
        return new FinishedProcess(Output, ExitCode);
    }

    private sealed class FinishedProcess(string[] output, int exitCode) : IProcess
    {
        public int GetExitCode() => exitCode;

        public IEnumerable<string> GetStandardOutput() => output;

        public IEnumerable<string> GetStandardError() => [];

        public void WaitForExit()
        {
        }

        public bool WaitForExit(int milliseconds) => true;

        public void Kill()
        {
        }

        public void Dispose()
        {
        }
    }
}
