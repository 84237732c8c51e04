
namespace Lyra.Tests.Harness;

/// <summary>The result of one run of the command.</summary>
/// <param name="Out">Standard output, decoded as UTF-8.</param>
/// <param name="Err">Standard error, decoded as UTF-8.</param>
/// <param name="Code">The exit code; meaningless if <paramref name="WasKilled"/>.</param>
/// <param name="Usage">The memory and time of the process; zero if it was not watched.</param>
/// <param name="WasKilled">Whether it was killed because it did not end or printed too much.</param>
internal sealed record CommandResult(string Out, string Err, int Code, ProcessUsage Usage, bool WasKilled);
