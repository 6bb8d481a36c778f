using Slipway.Deployment.Services;

namespace Slipway.Deployment.Aws;

/// <summary>
/// Runs the SDK's calls, translates what they throw, and repeats what time may cure. The clients themselves try once: they would repeat a call
/// whose answer could not be read, and so register a task definition twice.
/// </summary>
internal sealed class AwsCall(AwsErrors errors, TimeProvider time)
{
    private const int Attempts = 4;
    private const int PatientAttempts = 10;
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(400);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(20);

    /// <summary>At most four attempts, for those who look again anyway; a <see cref="SlipwayException"/> or <see cref="TransientServiceException"/>.</summary>
    public Task<T> OnceAsync<T>(AwsOperation operation, Func<Task<T>> call, CancellationToken cancellationToken) =>
        RepeatAsync(operation, call, Attempts, cancellationToken);

    /// <summary>As <see cref="OnceAsync{T}"/>, and ten attempts where the service asks for fewer calls.</summary>
    public Task<T> PatientlyAsync<T>(AwsOperation operation, Func<Task<T>> call, CancellationToken cancellationToken) =>
        RepeatAsync(operation, call, PatientAttempts, cancellationToken);

    /// <summary>As <see cref="PatientlyAsync{T}"/>, for callers that do not wait: every failure is a <see cref="SlipwayException"/>.</summary>
    public async Task<T> FinallyAsync<T>(AwsOperation operation, Func<Task<T>> call, CancellationToken cancellationToken)
    {
        try
        {
            return await PatientlyAsync(operation, call, cancellationToken);
        }
        catch (TransientServiceException failure)
        {
            throw failure.ToFailure();
        }
    }

    /// <summary>How long to wait after an attempt: twice as long each time, by chance up to a third more, so that two pipelines fall out of step.</summary>
    internal static TimeSpan PauseAfter(int attempt)
    {
        var pause = FirstPause * Math.Pow(2, attempt - 1);
        return (pause < LongestPause ? pause : LongestPause) * (1 + (Random.Shared.NextDouble() / 3));
    }

    private async Task<T> RepeatAsync<T>(AwsOperation operation, Func<Task<T>> call, int whileThrottled, CancellationToken cancellationToken)
    {
        var mayBeDone = false;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await TryAsync(operation, call, cancellationToken);
            }
            catch (TransientServiceException failure)
                when (attempt < (failure.Throttled ? whileThrottled : Attempts) && !(failure.MayBeDone && operation.Doubles))
            {
                mayBeDone |= failure.MayBeDone;
                await Task.Delay(PauseAfter(attempt), time, cancellationToken);
            }
            catch (TransientServiceException failure) when (mayBeDone && !failure.MayBeDone)
            {
                throw new TransientServiceException(failure.Message, failure.Throttled, failure.Remedy, failure.InnerException) { MayBeDone = true };
            }
        }
    }

    private async Task<T> TryAsync<T>(AwsOperation operation, Func<Task<T>> call, CancellationToken cancellationToken)
    {
        try
        {
            return await call();
        }
        catch (Exception error) when (IsForeign(error) && !cancellationToken.IsCancellationRequested)
        {
            throw errors.Translate(operation, error);
        }
        catch (Exception error) when (IsForeign(error) && error is not OperationCanceledException)
        {
            throw new OperationCanceledException("The call was cancelled.", error, cancellationToken);
        }
    }

    private static bool IsForeign(Exception error) =>
        error is not (SlipwayException or TransientServiceException or NotReadOnlyException or NullReferenceException or ArgumentNullException);
}
