using System;
using System.Globalization;
using System.IO;
using GameLoop;

int frames = 400;
bool isDeterministic = false;
string scripts = Path.Combine(AppContext.BaseDirectory, "scripts");
for (int i = 0; i < args.Length; i++)
{
    switch (args[i])
    {
        case "--frames" when i + 1 < args.Length && int.TryParse(args[i + 1], CultureInfo.InvariantCulture, out int count):
            frames = count;
            i++;
            break;
        case "--scripts" when i + 1 < args.Length:
            scripts = args[++i];
            break;
        case "--deterministic":
            isDeterministic = true;
            break;
        default:
            Console.Error.WriteLine("usage: GameLoop [--frames N] [--scripts FOLDER] [--deterministic]");
            return 2;
    }
}

World world = new();
world.Add(new Entity(world, "guard", "Ada", 2, 2));
world.Add(new Entity(world, "guard", "Ben", 30, 2));
world.Add(new Entity(world, "drone", "D1", 12, 6));
world.Add(new Entity(world, "miner", "Max", 4, 8));
world.Add(new Entity(world, "thief", "Eve", 34, 9));

// Without real time, only steps limit the scripts: every machine plays the same game.
using Game game = new(world, scripts, Console.WriteLine);
return game.Play(frames, isRealTime: !isDeterministic);
