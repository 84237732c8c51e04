namespace Lyra.Cli.Repl;

/// <summary>Reads and executes inputs until the inputs or the session end.</summary>
internal static class ReplLoop
{
    public static void Run(ReplSession session, IReplInput inputs)
    {
        while (!session.HasEnded && inputs.Read() is { } input)
        {
            if (!string.IsNullOrWhiteSpace(input))
            {
                session.Execute(input);
            }
        }
    }
}
