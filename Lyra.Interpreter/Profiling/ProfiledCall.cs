using System;

namespace Lyra;

/// <summary>A proc together with the calls that lead to it: a node of the tree of calls that samples of the stack have seen.</summary>
/// <param name="Id">The position in <see cref="LyraProfile.Calls"/>.</param>
/// <param name="Caller">The <paramref name="Id"/> of its caller; -1 if the host has called it.</param>
/// <param name="Proc">The name of the proc.</param>
/// <param name="File">The file, as traces name it.</param>
/// <param name="Line">The line of its first instruction, from 1; 0 for a proc of the library.</param>
/// <param name="ExclusiveTime">The time in the proc itself.</param>
public sealed record ProfiledCall(int Id, int Caller, string Proc, string File, int Line, TimeSpan ExclusiveTime);
