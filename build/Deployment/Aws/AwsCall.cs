using Slipway.Deployment.Services;

namespace Slipway.Deployment.Aws;

/// <summary>Runs the SDK's calls and translates what they throw.</summary>
internal sealed class AwsCall(AwsErrors errors, TimeProvider time)
{
    private const int ThrottledRounds = 3;
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(2);

    /// <summary>Once, with the client's own retries; a <see cref="SlipwayException"/> or <see cref="TransientServiceException"/>.</summary>
    public async Task<T> OnceAsync<T>(AwsOperation operation, Func<Task<T>> call, CancellationToken cancellationToken)
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

    /// <summary>As <see cref="OnceAsync{T}"/>, and again after a pause while the service asks for fewer calls.</summary>
    public async Task<T> PatientlyAsync<T>(AwsOperation operation, Func<Task<T>> call, CancellationToken cancellationToken)
    {
        for (var round = 0; ; round++)
        {
            try
            {
                return await OnceAsync(operation, call, cancellationToken);
            }
            catch (TransientServiceException failure) when (failure.Throttled && round < ThrottledRounds)
            {
                await Task.Delay(FirstPause * (1 << round), time, cancellationToken);
            }
        }
    }

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

    private static bool IsForeign(Exception error) =>
        error is not (SlipwayException or TransientServiceException or NotReadOnlyException or NullReferenceException or ArgumentNullException);
}
