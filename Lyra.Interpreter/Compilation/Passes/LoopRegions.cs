using System;
using System.Collections.Generic;
using Lyra.Runtime.Bytecode;

namespace Lyra.Interpreter.Compilation.Passes;

/// <summary>
/// The outermost loops of a proc. As emitted, a loop is consecutive code from the first instruction of the body to the last back-edge,
/// entered through the instruction before it.
/// </summary>
internal sealed class LoopRegions
{
    public const int None = -1;

    private readonly ProcCode _code;
    private readonly int[] _headers;
    private readonly int[] _depths;

    private LoopRegions(ProcCode code)
    {
        _code = code;
        _headers = new int[code.Code.Count + 1];
        _depths = new int[code.Code.Count + 1];
        Array.Fill(_headers, None);
    }

    public static LoopRegions Find(ProcCode code)
    {
        LoopRegions regions = new(code);
        regions.Paint(LastBackEdges(code));
        regions.DropIrregular();
        return regions;
    }

    /// <summary>
    /// The instruction that enters the outermost loop around <paramref name="pc"/>; <see cref="None"/> outside of loops.
    /// </summary>
    public int HeaderOf(int pc) => _headers[pc];

    /// <summary>The number of loops that contain an instruction.</summary>
    public int DepthOf(int pc) => _depths[pc];

    /// <summary>For the target of each back-edge, the last instruction that jumps there.</summary>
    private static int[] LastBackEdges(ProcCode code)
    {
        int[] last = new int[code.Code.Count];
        Array.Fill(last, None);
        for (int pc = 0; pc < last.Length; pc++)
        {
            int target = code.Targets[pc];
            if (target != ProcCode.NoTarget && target <= pc)
            {
                last[target] = pc;
            }
        }

        return last;
    }

    private void Paint(int[] lastBackEdges)
    {
        foreach (LoopInfo loop in _code.Loops)
        {
            int header = loop.BodyPc - 1;
            int end = loop.BodyPc < lastBackEdges.Length ? lastBackEdges[loop.BodyPc] : None;
            if (header < 0 || end == None)
            {
                continue;
            }

            bool isOutermost = _headers[loop.BodyPc] == None;
            for (int pc = loop.BodyPc; pc <= end; pc++)
            {
                _depths[pc]++;
                if (isOutermost)
                {
                    _headers[pc] = header;
                }
            }
        }
    }

    /// <summary>Removes loops that have an entry other than their header.</summary>
    private void DropIrregular()
    {
        HashSet<int> irregular = [];
        for (int pc = 0; pc < _code.Code.Count; pc++)
        {
            Require(pc, _code.Targets[pc], irregular);
            if (_code.Code[pc].Op == Opcode.Switch)
            {
                RequireCases(pc, _code.Switches[_code.Code[pc].Wide], irregular);
            }

            bool isHeader = pc + 1 < _headers.Length && _headers[pc + 1] == pc;
            if (isHeader && _code.Code[pc].Op is not (Opcode.Jump or Opcode.ForPrep or Opcode.ForPrepInclusive))
            {
                irregular.Add(pc);
            }
        }

        foreach (HandlerInfo handler in _code.Handlers)
        {
            if (!handler.IsEntered)
            {
                continue;
            }

            Require(handler.Start, handler.HandlerPc, irregular);
            Require(handler.End - 1, handler.HandlerPc, irregular);
        }

        for (int pc = 0; irregular.Count > 0 && pc < _headers.Length; pc++)
        {
            if (irregular.Contains(_headers[pc]))
            {
                _headers[pc] = None;
            }
        }
    }

    private void RequireCases(int pc, SwitchTable table, HashSet<int> irregular)
    {
        Require(pc, table.DefaultPc, irregular);
        foreach ((_, int target) in table.Cases)
        {
            Require(pc, target, irregular);
        }
    }

    private void Require(int from, int target, HashSet<int> irregular)
    {
        if (target == ProcCode.NoTarget)
        {
            return;
        }

        int header = _headers[target];
        if (header != None && _headers[from] != header && from != header)
        {
            irregular.Add(header);
        }
    }
}
