using Lyra.Runtime.Execution;
using Lyra.Runtime.Library.Operations;
using Lyra.Runtime.Library.Rows;
using static Lyra.Runtime.Execution.IntrinsicTraits;

namespace Lyra.Runtime.Library.Methods;

/// <summary>
/// The methods that list, tuple, str, range, bytes and set share. A kind whose method of the same name is faster, or means something else,
/// names its own row first. Those with a proc are written in Lyra; if it changes the size of the sequence, they throw
/// ConcurrentModification, as a loop does.
/// </summary>
internal static class SequenceMethods
{
    public static void Rows(RowReader rows)
    {
        rows.Row("map(xs, f)")?.RegisterScripted();
        rows.Row("filter(xs, f)")?.RegisterScripted();
        rows.Row("reduce(xs, f, init?)")?.RegisterScripted();
        rows.Row("each(xs, f)")?.RegisterScripted();
        rows.Row("find(xs, f)")?.RegisterScripted();
        rows.Row("findIndex(xs, f)")?.RegisterScripted();
        rows.Row("count(xs, x?)")?.RegisterScripted();
        rows.Row("first(xs, f?)")?.RegisterScripted();
        rows.Row("last(xs, f?)")?.RegisterScripted();
        rows.Row("index(xs, x)")?.RegisterScripted();
        rows.Row("indexOf(xs, x)")?.RegisterScripted();
        rows.Row("flatMap(xs, f)")?.RegisterScripted();
        rows.Row("groupBy(xs, f)")?.RegisterScripted();
        rows.Row("partition(xs, f)")?.RegisterScripted();
        rows.Row("unique(xs, key?)")?.RegisterScripted();
        rows.Row("take(xs, n)")?.Register(SequenceParts.Take, CallsBack | Restartable);
        rows.Row("skip(xs, n)")?.Register(SequenceParts.Skip, CallsBack | Restartable);
        rows.Row("takeLast(xs, n)")?.Register(SequenceParts.TakeLast, CallsBack | Restartable);
        rows.Row("skipLast(xs, n)")?.Register(SequenceParts.SkipLast, CallsBack | Restartable);
        rows.Row("takeWhile(xs, f)")?.RegisterScripted();
        rows.Row("skipWhile(xs, f)")?.RegisterScripted();
        rows.Row("chunk(xs, n)")?.Register(SequenceParts.Chunk, CallsBack | Restartable);
        rows.Row("window(xs, n)")?.Register(SequenceParts.Window, CallsBack | Restartable);
        rows.Row("min(xs, key?)")?.RegisterScripted(
            CallsBack, 2, static (c, a) => Extremes.Find(c, a[..1], isMax: false));
        rows.Row("max(xs, key?)")?.RegisterScripted(
            CallsBack, 2, static (c, a) => Extremes.Find(c, a[..1], isMax: true));
        rows.Row("sum(xs, f?)")?.RegisterScripted(CallsBack, 2, static (c, a) => Sums.Of(c, a[0]));
        rows.Row("toMap(xs, key?, value?)")?.RegisterScripted();
        rows.Row("toSet(xs)")?.RegisterScripted();
        rows.Row("join(xs, sep?)")?.RegisterScripted();

    }
}
