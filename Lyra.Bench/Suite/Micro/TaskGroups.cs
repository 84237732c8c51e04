namespace Lyra.Bench.Suite.Micro;

/// <summary>Tasks and generators.</summary>
internal static class TaskGroups
{
    private const string One = "async proc one() { return 1 }";

    public static readonly MicroGroup[] All =
    [
        new("tasks", "one operation on tasks in a loop of an async proc",
        [
            .. Task("creation", "s += if one().done { 1 } else { 0 }"),
            .. Task("await of a finished task", "s += await done", "let done = one(); var s = 0"),
            .. Task("await of a new call", "s += await one()"),
            .. Task("turn of the event loop", "s += await (spawn one())"),
            .. Task("send and receive", "await c.send(i); s += await c.recv()", "let c = chan(1); var s = 0"),
        ]),
        new("generators", "one value of a generator",
        [
            .. new MicroScript("s += next(values)")
            {
                Declarations = "proc count() { var k = 0; while true { yield k; k += 1 } }",
                Setup = "let values = count(); var s = 0",
            }.Variants("next"),
        ]),
    ];

    private static MicroVariant[] Task(string name, string body, string setup = "var s = 0") =>
        new MicroScript(body) { Declarations = One, Setup = setup, IsAsync = true }.Variants(name);
}
