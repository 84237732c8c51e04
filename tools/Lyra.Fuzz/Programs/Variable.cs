namespace Lyra.Fuzz.Programs;

/// <summary>A variable in scope.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">The kind of its value, as far as the generator knows.</param>
/// <param name="IsAssignable">False for a <c>let</c>, and for a variable on which the end of a loop depends.</param>
/// <param name="IsAnnotated">Whether its declaration names a type. The compiler then rejects assignments of values that evidently have
/// another kind.</param>
internal sealed record Variable(string Name, Kind Kind, bool IsAssignable = true, bool IsAnnotated = false);
