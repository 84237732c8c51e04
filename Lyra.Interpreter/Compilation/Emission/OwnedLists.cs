using System;
using System.Collections.Generic;
using Lyra.Interpreter.Compilation.Passes;
using Lyra.Interpreter.Syntax;
using Lyra.Runtime.Bytecode;

namespace Lyra.Interpreter.Compilation.Emission;

/// <summary>
/// Lets <c>xs += [x]</c> append to the list in a local variable where nothing else can refer to that list:
/// <code>
///     NewList r1                                NewList r1
///     …                                         …
///     NewList r6, r7, 1      →                  Append r1, r7
///     Add r1, r1, r6
/// </code>
/// A loop of such assignments then takes time in proportion to what it adds; as written, each of them copies the whole list. It is not an
/// optimization that a level selects, because copying charges steps.
/// </summary>
/// <remarks>
/// A register owns a list from the instruction that makes the list until it is read by anything but an access to an element or by the
/// methods <c>length</c> and <c>isEmpty</c>. The builtin <c>length</c> is no exception, because a host may replace it. A forward data-flow
/// analysis to a fixed point finds where registers own lists on all paths; handlers begin without any. A list literal has no element type,
/// so appending never fails where <c>+</c> would not.
/// </remarks>
internal sealed class OwnedLists
{
    private readonly ProcCode _code;
    private readonly IReadOnlyList<string> _sites;
    private readonly List<(int Pc, int Variable)> _additions;

    /// <summary>The variables that are analyzed; each has the bit of its position.</summary>
    private readonly List<int> _variables = [];

    /// <summary>Whether each instruction is an addition to an analyzed variable.</summary>
    private readonly bool[] _isAddition;

    /// <summary>The variables that own a list before each instruction.</summary>
    private readonly ulong[] _owned;

    private OwnedLists(ProcCode code, IReadOnlyList<string> sites, List<(int Pc, int Variable)> additions)
    {
        _code = code;
        _sites = sites;
        _additions = additions;
        _isAddition = new bool[code.Code.Count];
        _owned = new ulong[code.Code.Count + 1];
    }

    /// <summary>Changes the additions of a proc.</summary>
    /// <param name="code">The code of the proc.</param>
    /// <param name="sites">The names of the members that it uses, by site.</param>
    /// <param name="meter">Counts the work.</param>
    public static void Run(ProcCode code, IReadOnlyList<string> sites, WorkMeter meter)
    {
        List<(int Pc, int Variable)>? additions = FindAdditions(code);
        if (additions is not null)
        {
            meter.Count(CompilationCosts.PassedInstruction * (long)code.Code.Count);
            new OwnedLists(code, sites, additions).Run();
        }
    }

    /// <summary>
    /// The additions of a literal to a variable: each follows the instruction that makes the literal, and nothing else. Null if there are
    /// none.
    /// </summary>
    private static List<(int Pc, int Variable)>? FindAdditions(ProcCode code)
    {
        List<(int Pc, int Variable)>? additions = null;
        for (int pc = 1; pc < code.Code.Count; pc++)
        {
            Instruction sum = code.Code[pc];
            if (sum.Op == Opcode.Add && sum.A == sum.B && sum.C != sum.A
                && code.Code[pc - 1] is { Op: Opcode.NewList } literal && literal.A == sum.C)
            {
                (additions ??= []).Add((pc, sum.A));
            }
        }

        return additions;
    }

    private void Run()
    {
        TemporaryLiveness liveness = Analyze();
        bool[] isEntry = JumpForms.FindEntries(_code);
        foreach ((int pc, int variable) in _additions)
        {
            int literal = _code.Code[pc].C;
            if ((_owned[pc] & BitOf(variable)) != 0 && !liveness.ReachesHandlers(variable)
                && !isEntry[pc] && !liveness.IsLive(pc + 1, literal) && !liveness.ReachesHandlers(literal))
            {
                Replace(pc, variable);
            }
        }
    }

    /// <summary>Finds what is owned where; returns where the registers of the literals are live.</summary>
    private TemporaryLiveness Analyze()
    {
        List<int> registers = [];
        foreach ((int pc, int variable) in _additions)
        {
            int literal = _code.Code[pc].C;
            if (registers.Count + 2 <= TemporaryLiveness.MaxRegisters && !_variables.Contains(variable))
            {
                _variables.Add(variable);
                registers.Add(variable);
            }

            if (registers.Count < TemporaryLiveness.MaxRegisters && !registers.Contains(literal))
            {
                registers.Add(literal);
            }
        }

        _additions.RemoveAll(row => !_variables.Contains(row.Variable) || !registers.Contains(_code.Code[row.Pc].C));
        foreach ((int pc, _) in _additions)
        {
            _isAddition[pc] = true;
        }

        Array.Fill(_owned, ulong.MaxValue);
        _owned[0] = 0;
        foreach (HandlerInfo handler in _code.Handlers)
        {
            _owned[handler.HandlerPc] = 0;
        }

        while (Sweep())
        {
        }

        return TemporaryLiveness.Compute(_code, LoopRegions.Find(_code), registers);
    }

    private bool Sweep()
    {
        bool isChanged = false;
        for (int pc = 0; pc < _code.Code.Count; pc++)
        {
            Instruction i = _code.Code[pc];
            ulong after = After(pc, i);
            isChanged |= !OpcodeInfo.Of(i.Op).Ends && Meet(pc + 1, after);
            if (_code.Targets[pc] != ProcCode.NoTarget)
            {
                isChanged |= Meet(_code.Targets[pc], after);
            }

            if (i.Op == Opcode.Switch)
            {
                SwitchTable table = _code.Switches[i.Wide];
                isChanged |= Meet(table.DefaultPc, after);
                foreach ((_, int target) in table.Cases)
                {
                    isChanged |= Meet(target, after);
                }
            }
        }

        return isChanged;
    }

    private bool Meet(int pc, ulong owned)
    {
        ulong before = _owned[pc];
        _owned[pc] &= owned;
        return _owned[pc] != before;
    }

    /// <summary>What is owned behind an instruction.</summary>
    private ulong After(int pc, in Instruction i)
    {
        ulong owned = _owned[pc];
        for (int n = 0; n < _variables.Count; n++)
        {
            int variable = _variables[n];
            ulong bit = 1UL << n;
            if (i.Op == Opcode.NewList && i.A == variable)
            {
                owned |= bit;
            }
            else if (!KeepsOwner(pc, i, variable))
            {
                owned &= ~bit;
            }
        }

        return owned;
    }

    /// <summary>Whether a variable that owns a list still owns one after an instruction.</summary>
    private bool KeepsOwner(int pc, in Instruction i, int variable)
    {
        if (i.Op == Opcode.Add && i.A == variable && _isAddition[pc])
        {
            return true;
        }

        if (RegisterUse.Overwrites(i, variable) || RegisterUse.LoopVariables(i).Contains(variable))
        {
            return false;
        }

        bool isAccess = (i.Op == Opcode.GetIndex && i.C != variable)
            || (i.Op == Opcode.SetIndex && i.B != variable && i.C != variable)
            || i.Op == Opcode.GetIndexInt
            || (i.Op == Opcode.Move && IsReceiver(pc + 1, i.A));
        return isAccess || (!RegisterUse.ReadsAlone(i, variable) && !RegisterUse.ReadsInGroup(i, variable));
    }

    private bool IsReceiver(int pc, int register) =>
        _code.Code[pc] is { Op: Opcode.CallMethod, C: 0 } call && call.A == register && _sites[call.B] is "length" or "isEmpty";

    private ulong BitOf(int variable) => 1UL << _variables.IndexOf(variable);

    private void Replace(int pc, int variable)
    {
        Instruction literal = _code.Code[pc - 1];
        if (literal.C == 1)
        {
            _code.Code[pc - 1] = new Instruction(Opcode.Append, variable, literal.B, 0);
            _code.Remove(pc);
            return;
        }

        _code.Code[pc] = new Instruction(Opcode.Extend, variable, literal.A, 0);
    }
}
