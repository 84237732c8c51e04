using System.Collections.Generic;

namespace Lyra;

/// <summary>What the callback <c>LyraOptions.OnNearLimit</c> gets when a run is about to end at a limit.</summary>
/// <param name="Limit"><see cref="LimitKind.Time"/>, <see cref="LimitKind.Steps"/> or <see cref="LimitKind.Memory"/>.</param>
/// <param name="Current">The limit that is reached, in milliseconds, steps or bytes.</param>
/// <param name="Initial">The limit with which the run began, in the same unit.</param>
/// <param name="ScriptTrace">Where the script is, from the innermost call outwards, as in an exception.</param>
public sealed record LyraNearLimit(LimitKind Limit, long Current, long Initial, IReadOnlyList<string> ScriptTrace);
