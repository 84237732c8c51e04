using System;
using System.Collections.Generic;
using Lyra.IlVerify.Reports;
using Mono.Cecil.Cil;

namespace Lyra.IlVerify.Flow;

internal enum RegionKind
{
    Try,
    Filter,
    Catch,
    Finally,
    Fault,
}

/// <summary>A protected block, filter or handler.</summary>
/// <param name="Kind">The kind of region.</param>
/// <param name="Start">Index of its first instruction.</param>
/// <param name="End">The index after its last instruction.</param>
/// <param name="Handler">The row that defines it; for a try with several handlers, the first row.</param>
internal sealed record Region(RegionKind Kind, int Start, int End, ExceptionHandler Handler)
{
    public bool Contains(int index) => index >= Start && index < End;

    public bool IsSameRange(Region other) => Start == other.Start && End == other.End;
}

internal enum Transfer
{
    Branch,
    Fallthrough,
    Leave,
}

/// <summary>
/// The exception regions of a method, and which transfers of control between them are allowed (ECMA-335 I.12.4.2.8 and III.1.7.5).
/// </summary>
internal sealed class ExceptionRegions
{
    private readonly List<Region> _all = [];

    public ExceptionRegions(MethodBody body, Func<Instruction?, int> indexOf)
    {
        foreach (ExceptionHandler row in body.ExceptionHandlers)
        {
            Region[] parts = PartsOf(row, indexOf);
            AddTry(parts[0]);
            _all.AddRange(parts[1..]);
        }
    }

    public IReadOnlyList<Region> All => _all;

    /// <summary>The protected block, the filter if there is one, and the handler of a row.</summary>
    public static Region[] PartsOf(ExceptionHandler row, Func<Instruction?, int> indexOf)
    {
        Region block = new(RegionKind.Try, indexOf(row.TryStart), indexOf(row.TryEnd), row);
        Region handler = new(KindOf(row), indexOf(row.HandlerStart), indexOf(row.HandlerEnd), row);
        return row.HandlerType != ExceptionHandlerType.Filter ? [block, handler]
            : [block, new Region(RegionKind.Filter, indexOf(row.FilterStart), handler.Start, row), handler];
    }

    public bool IsTryStart(int index) => _all.Exists(region => region.Kind == RegionKind.Try && region.Start == index);

    /// <summary>The handlers and filters of a protected block.</summary>
    public IEnumerable<Region> HandlersOf(Region protectedBlock)
    {
        foreach (Region region in _all)
        {
            if (region.Kind != RegionKind.Try && IsOf(region, protectedBlock))
            {
                yield return region;
            }
        }
    }

    /// <summary>The innermost region around an instruction; null if there is none.</summary>
    public Region? Innermost(int index)
    {
        Region? best = null;
        foreach (Region region in _all)
        {
            if (region.Contains(index) && (best is null || region.End - region.Start < best.End - best.Start))
            {
                best = region;
            }
        }

        return best;
    }

    public bool IsInside(int index, RegionKind kind) => _all.Exists(region => region.Kind == kind && region.Contains(index));

    /// <summary>Checks a transfer of control; returns null if it is valid.</summary>
    public VerifierError? Check(int from, int to, Transfer transfer)
    {
        foreach (Region region in _all)
        {
            VerifierError? error = (region.Contains(from), region.Contains(to)) switch
            {
                (true, false) => CheckExit(region, transfer),
                (false, true) => CheckEntry(region, from, to, transfer),
                _ => null,
            };
            if (error is not null)
            {
                return error;
            }
        }

        return null;
    }

    private static VerifierError? CheckExit(Region region, Transfer transfer) => (transfer, region.Kind) switch
    {
        (Transfer.Fallthrough, _) => VerifierError.FallthroughException,
        (Transfer.Branch, RegionKind.Try) => VerifierError.BranchOutOfTry,
        (Transfer.Branch, _) => VerifierError.BranchOutOfHandler,
        (_, RegionKind.Finally or RegionKind.Fault) => VerifierError.LeaveOutOfFinally,
        (_, RegionKind.Filter) => VerifierError.LeaveOutOfFilter,
        _ => null,
    };

    private VerifierError? CheckEntry(Region region, int from, int to, Transfer transfer)
    {
        if (region.Kind != RegionKind.Try)
        {
            return transfer switch
            {
                Transfer.Branch => VerifierError.BranchIntoHandler,
                Transfer.Leave => VerifierError.LeaveIntoHandler,
                _ => VerifierError.FallthroughIntoHandler,
            };
        }

        if (to == region.Start || (transfer == Transfer.Leave && IsInCatchOf(region, from)))
        {
            return null;
        }

        return transfer == Transfer.Leave ? VerifierError.LeaveIntoTry : VerifierError.BranchIntoTry;
    }

    /// <summary>A catch handler may resume anywhere in its own protected block (III.3.46).</summary>
    private bool IsInCatchOf(Region protectedBlock, int index)
    {
        return _all.Exists(region => region.Kind == RegionKind.Catch && region.Contains(index) && IsOf(region, protectedBlock));
    }

    private static bool IsOf(Region handler, Region protectedBlock)
    {
        return handler.Handler.TryStart == protectedBlock.Handler.TryStart && handler.Handler.TryEnd == protectedBlock.Handler.TryEnd;
    }

    private static RegionKind KindOf(ExceptionHandler row) => row.HandlerType switch
    {
        ExceptionHandlerType.Finally => RegionKind.Finally,
        ExceptionHandlerType.Fault => RegionKind.Fault,
        _ => RegionKind.Catch,
    };

    private void AddTry(Region region)
    {
        if (!_all.Exists(other => other.Kind == RegionKind.Try && other.IsSameRange(region)))
        {
            _all.Add(region);
        }
    }
}
