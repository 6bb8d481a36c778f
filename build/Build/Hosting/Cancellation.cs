using System.Runtime.InteropServices;

namespace Slipway.Build.Hosting;

/// <summary>
/// Ctrl-C and SIGTERM as one token. The first signal asks the running target to stop and lets its teardown run; a second one
/// ends the process at once.
/// </summary>
public sealed class Cancellation : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly List<PosixSignalRegistration> _registrations = [];

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

    private void OnSignal(PosixSignalContext context)
    {
        if (_source.IsCancellationRequested) return;
        context.Cancel = true;
        // Not on the signal's own thread: callbacks may block.
        _ = Task.Run(_source.Cancel);
    }
}
