namespace Lyra;

/// <summary>A sign of a leak or of damage in an engine.</summary>
/// <param name="Kind">What was noticed.</param>
/// <param name="Message">An explanation for people, with the figures.</param>
public sealed record LyraHealthWarning(LyraHealthWarningKind Kind, string Message);
