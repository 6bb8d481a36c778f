using System.Runtime.InteropServices;
using Slipway.Deployment;

namespace Slipway.Build.Hosting;

/// <summary>
/// Ctrl-C and SIGTERM as one token. The first signal asks the running target to stop and lets its teardown run; a second one
/// ends the process at once, whatever it is waiting for.
/// </summary>
/// <param name="exit">Ends the process with a code; null: really.</param>
public sealed class Cancellation(Action<int>? exit = null) : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly List<PosixSignalRegistration> _registrations = [];
    private int _signals;

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Token => _source.Token;

    /// <summary>Starts to listen to the process's signals.</summary>
    public static Cancellation ListenToSignals()
    {
        var cancellation = new Cancellation();
        cancellation._registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGINT, cancellation.OnSignal));
        cancellation._registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGTERM, cancellation.OnSignal));
        return cancellation;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _registrations.ForEach(registration => registration.Dispose());
        _source.Dispose();
    }

    internal void OnSignal(PosixSignalContext context)
    {
        context.Cancel = true;
        if (Interlocked.Increment(ref _signals) == 1)
        {
            // Not on the signal's own thread: callbacks may block.
            _ = Task.Run(_source.Cancel);
        }
        else
        {
            // The system's own answer to SIGTERM would be another code.
            (exit ?? Environment.Exit)((int)ExitCode.Cancelled);
        }
    }
}
