using Newtonsoft.Json.Linq;

namespace Slipway.Deployment.TaskDefinitions.Json;

/// <summary>Annotates a member with its place and its value's, which so needs no annotation of its own, and leaves it to the value that replaces it.</summary>
/// <param name="map">The lines of the text.</param>
/// <param name="name">The byte where the name begins.</param>
/// <param name="value">The byte where the value begins.</param>
internal sealed class MemberPosition(LineMap map, int name, int value)
{
    /// <summary>The place of a token itself; null where nothing says one.</summary>
    public static TextPosition? PlaceOf(JToken token) => token.Annotation<TextPosition>()
        ?? token.Annotation<MemberPosition>()?.Name
        ?? token.Parent?.Annotation<MemberPosition>()?.Value;

    private TextPosition Name => map.At(name);

    private TextPosition Value => map.At(value);
}
