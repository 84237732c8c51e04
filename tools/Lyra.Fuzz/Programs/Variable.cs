namespace Lyra.Fuzz.Programs;

/// <summary>A variable in scope.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">What it holds, as far as the generator knows.</param>
/// <param name="IsAssignable">Not so a <c>let</c>, and what a loop's end depends on.</param>
/// <param name="IsAnnotated">Its declaration names a type, so that no other kind may be stored in plain sight of the compiler.</param>
internal sealed record Variable(string Name, Kind Kind, bool IsAssignable = true, bool IsAnnotated = false);
