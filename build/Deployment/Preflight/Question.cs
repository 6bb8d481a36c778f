using Amazon.Runtime;
using Slipway.Deployment.Aws;
using Slipway.Deployment.Services;

namespace Slipway.Deployment.Preflight;

/// <summary>
/// A question to the cloud that several checks need the answer of: it is asked once, when the first of them wants it. Not more than
/// <paramref name="limit"/> allows are under way at once.
/// </summary>
/// <param name="right">What the caller needs for it: "ecs:DescribeServices".</param>
/// <param name="limit">Shared by the questions of a run.</param>
/// <param name="ask">Asks.</param>
/// <param name="whyNot">Says why it makes no sense to ask: "the caller is not known"; null: ask.</param>
internal sealed class Question<T>(
    string right, SemaphoreSlim limit, Func<CancellationToken, Task<T>> ask, Func<CancellationToken, Task<string?>>? whyNot = null)
{
    private readonly Lock _gate = new();
    private Task<Answer<T>>? _asked;

    public string Right => right;

    /// <summary>The value, where it was asked for and answered; else the type's default.</summary>
    public T? Known => _asked is { IsCompletedSuccessfully: true, Result: { HasValue: true } answer } ? answer.Value : default;

    public Task<Answer<T>> AskAsync(CancellationToken cancellationToken)
    {
        lock (_gate) return _asked ??= AskOnceAsync(cancellationToken);
    }

    private async Task<Answer<T>> AskOnceAsync(CancellationToken cancellationToken)
    {
        if (whyNot is not null && await whyNot(cancellationToken) is { } because) return Answer<T>.NotAsked(because);
        await limit.WaitAsync(cancellationToken);
        try
        {
            return Answer<T>.Of(await ask(cancellationToken));
        }
        catch (TransientServiceException failure)
        {
            return Answer<T>.Failed(Read(failure, failure.Remedy));
        }
        catch (SlipwayException failure)
        {
            return Answer<T>.Failed(Read(failure, failure.Remedy));
        }
        finally
        {
            limit.Release();
        }
    }

    private Refusal Read(Exception failure, string? remedy)
    {
        var answer = failure.InnerException as AmazonServiceException;
        return new Refusal(failure.Message, remedy)
        {
            Right = right,
            Code = answer?.ErrorCode,
            Denial = Denial.Of(failure),
            IsPassing = failure is TransientServiceException || failure.InnerException is TransientServiceException,
            IsNotOffered = AwsErrorCodes.IsNotOffered(answer?.ErrorCode ?? "", answer?.Message),
        };
    }
}
