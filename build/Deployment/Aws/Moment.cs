namespace Slipway.Deployment.Aws;

/// <summary>The SDK's times as <see cref="DateTimeOffset"/>s.</summary>
internal static class Moment
{
    public static DateTimeOffset? Of(DateTime? time) => time switch
    {
        null => null,
        { Kind: DateTimeKind.Unspecified } unspecified => new DateTimeOffset(unspecified, TimeSpan.Zero),
        { } known => new DateTimeOffset(known.ToUniversalTime(), TimeSpan.Zero),
    };
}
