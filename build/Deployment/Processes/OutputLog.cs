using System.Text;

namespace Slipway.Deployment.Processes;

/// <summary>Takes the lines of two streams as they arrive: all into a file, the last ones into memory.</summary>
internal sealed class OutputLog : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Queue<string> _lines = new();
    private readonly int _most;
    private StreamWriter? _file;

    public OutputLog(string path, int most)
    {
        _most = most;
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            _file = new StreamWriter(path, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { AutoFlush = true };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw FileFailure.Of("write", path, e);
        }
    }

    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (_gate)
                return [.. _lines];
        }
    }

    public void Add(string? line)
    {
        if (line is null)
            return;
        lock (_gate)
        {
            if (_lines.Count == _most)
                _lines.Dequeue();
            _lines.Enqueue(line);
            Write(line);
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _file?.Dispose();
            _file = null;
        }
    }

    // On a full disk the program goes on without a log: its own failure says more than ours would.
    private void Write(string line)
    {
        try
        {
            _file?.WriteLine(line);
        }
        catch (IOException)
        {
            _file = null;
        }
    }
}
